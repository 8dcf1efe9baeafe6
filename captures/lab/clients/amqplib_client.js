'use strict';
// amqplib_client HOST OPTIONS: an AMQP client that obeys lines on stdin; see rstlab/clients.py.
// OPTIONS is a JSON object: heartbeat, user, password, vhost, name, connections (how many to open),
// port, tls. When the broker closes its channel, nobody catches the error: the process ends.

const amqp = require('amqplib');
const readline = require('readline');

const QUEUE = 'lab';

async function connect(host, options) {
  const connection = await amqp.connect({
    protocol: options.tls ? 'amqps' : 'amqp',
    hostname: host,
    port: options.port ?? 5672,
    username: options.user ?? 'guest',
    password: options.password ?? 'guest',
    vhost: options.vhost ?? '/',
    heartbeat: options.heartbeat ?? 0,
  }, {
    ...(options.name ? { clientProperties: { connection_name: options.name } } : {}),
    ...(options.tls ? { rejectUnauthorized: false } : {}),
  });
  connection.on('error', () => {});
  return { connection, channel: await connection.createChannel() };
}

const orders = {
  async publish(session, count, size) {
    for (let i = 0; i < count; i++) {
      session.channel.sendToQueue(QUEUE, Buffer.alloc(Number(size), 'x'));
    }
  },
  async consume(session) {
    await session.channel.assertQueue(QUEUE, { autoDelete: true, durable: false });
    await session.channel.consume(QUEUE, () => {}, { noAck: true });
  },
  async consume_unacknowledged(session) {
    await session.channel.assertQueue(QUEUE, { autoDelete: true, durable: false });
    await session.channel.consume(QUEUE, () => {});
  },
  // 404, which closes the channel.
  ask_for_nothing: (session) => session.channel.checkQueue('nothing'),
  close: (session) => session.connection.close(),
  // Closes the socket without a word of AMQP.
  drop: async (session) => { session.connection.connection.stream.destroy(); },
  abort: async (session) => { session.connection.connection.stream.resetAndDestroy(); },
};

async function main() {
  const options = JSON.parse(process.argv[3]);
  const sessions = [];
  for (let i = 0; i < (options.connections ?? 1); i++) {
    sessions.push(await connect(process.argv[2], options));
  }
  const ports = sessions.map((s) => s.connection.connection.stream.localPort);
  console.log(JSON.stringify({ ports }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [order, ...words] = line.split(' ');
    for (const session of sessions) {
      await orders[order](session, ...words);
    }
    console.log('done');
  }
  process.exit(0);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
