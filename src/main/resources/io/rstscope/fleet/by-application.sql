-- Losses by application and user.
SELECT application, user_name, count(*) AS lost, count(DISTINCT client) AS clients, count(DISTINCT broker_host) AS brokers
FROM losses
GROUP BY application, user_name
ORDER BY lost DESC, application, user_name
