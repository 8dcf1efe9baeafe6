-- Losses by path and cause: which path loses most, and since when.
SELECT client, broker_host, cause, count(*) AS lost, min(ended) AS first, max(ended) AS last
FROM losses
GROUP BY client, broker_host, cause
ORDER BY lost DESC, client, broker_host, cause
