-- The lost connections, a row each; the other queries read this view. For Trino leave out TEMPORARY.
-- An application is the name that the client gave its connection, without its number; else its library.
CREATE OR REPLACE TEMPORARY VIEW losses AS
SELECT
  source,
  sha256,
  incident,
  coalesce(ending.time, last) AS ended,
  broker_host,
  client.address AS client,
  ending.cause AS cause,
  ending.ended_by AS ended_by,
  coalesce(
    nullif(regexp_replace(amqp.connection_name, '[^A-Za-z]*[0-9]+$', ''), ''),
    amqp.product,
    'unknown') AS application,
  coalesce(amqp.user, broker_log.user) AS user_name
FROM flows
WHERE NOT ending.benign AND ending.cause <> 'refused' AND other_leg IS NULL
