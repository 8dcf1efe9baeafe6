-- Losses by cause, and who ended the connections.
SELECT cause, ended_by, count(*) AS lost, count(DISTINCT broker_host) AS brokers, min(ended) AS first, max(ended) AS last
FROM losses
GROUP BY cause, ended_by
ORDER BY lost DESC, cause, ended_by
