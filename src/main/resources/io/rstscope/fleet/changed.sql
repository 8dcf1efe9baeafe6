-- What changed since last week: the last seven days with losses against the seven before, where the
-- difference is more than chance makes (two standard deviations of counts).
WITH newest AS (
  SELECT max(CAST(ended AS DATE)) AS day FROM losses),
counted AS (
  SELECT broker_host, cause,
    sum(CASE WHEN CAST(ended AS DATE) > day - INTERVAL '7' DAY THEN 1 ELSE 0 END) AS this_week,
    sum(CASE WHEN CAST(ended AS DATE) > day - INTERVAL '7' DAY THEN 0 ELSE 1 END) AS last_week
  FROM losses CROSS JOIN newest
  WHERE CAST(ended AS DATE) > day - INTERVAL '14' DAY
  GROUP BY broker_host, cause)
SELECT broker_host, cause, this_week, last_week
FROM counted
WHERE abs(this_week - last_week) >= 2 * sqrt(this_week + last_week)
ORDER BY abs(this_week - last_week) DESC, broker_host, cause
