-- Losses by broker.
SELECT broker_host, count(*) AS lost, count(DISTINCT client) AS clients, min(ended) AS first, max(ended) AS last
FROM losses
GROUP BY broker_host
ORDER BY lost DESC, broker_host
