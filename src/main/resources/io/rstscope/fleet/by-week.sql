-- Losses by week, which begins on Monday, in UTC.
SELECT CAST(date_trunc('week', ended) AS DATE) AS week, count(*) AS lost, count(DISTINCT broker_host) AS brokers
FROM losses
GROUP BY CAST(date_trunc('week', ended) AS DATE)
ORDER BY week
