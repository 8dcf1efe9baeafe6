-- Incidents of the captures, a row each; fleet joins those of several brokers within 5 s of each other.
SELECT source, incident, broker_host, min(ended) AS first, max(ended) AS last, count(*) AS lost, min(cause) AS cause
FROM losses
WHERE incident IS NOT NULL
GROUP BY source, sha256, incident, broker_host
HAVING count(*) > 1
ORDER BY first, broker_host
