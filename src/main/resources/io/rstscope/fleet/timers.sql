-- What connections say of idle timers, a row each: the witnesses that fleet judges.
SELECT client.address AS client, broker_host, timer_witness.expiry AS expiry, timer_witness.idle_s AS idle_s,
  timer_witness.ended AS ended, timer_witness.sure AS sure
FROM flows
WHERE timer_witness IS NOT NULL
