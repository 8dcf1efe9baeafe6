-- Losses by hour of the day, in UTC: idle timers expire in quiet hours.
SELECT EXTRACT(HOUR FROM ended) AS hour, count(*) AS lost, count(DISTINCT broker_host) AS brokers
FROM losses
GROUP BY EXTRACT(HOUR FROM ended)
ORDER BY hour
