source, sha256, incident, last, broker_host, other_leg, longest_idle_s, timer_witness,
{'address': client.address} AS client,
{'time': ending.time, 'cause': ending.cause, 'ended_by': ending.ended_by, 'benign': ending.benign} AS ending,
{'connection_name': amqp.connection_name, 'product': amqp.product, 'user': amqp.user} AS amqp,
{'user': broker_log.user} AS broker_log
