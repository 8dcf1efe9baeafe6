/*
 * traffic IF steady RATE SECONDS FLOWS   segments of 100 bytes of FLOWS connections in turn, of a
 *                                        host that numbers all its packets with one counter, and
 *                                        of no protocol: each takes the long way
 * traffic IF messages RATE SECONDS FLOWS the same of Linux, which counts each side of a connection
 *                                        apart, with a message of AMQP 0-9-1 in each
 * traffic IF churn  RATE SECONDS EVERY   connections of 6 to 7 packets, a new one RATE times a
 *                                        second; every EVERY-th is reset by its client, the others
 *                                        are probes that the broker resets after their FIN
 *
 * Writes TCP of port 5672 to an interface through a packet socket, paced each millisecond; needs
 * CAP_NET_RAW. The destination's MAC address is nobody's, so that the host at the other end
 * captures the packets and answers none.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, HEADERS = 66, PAYLOAD = 100, FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

static int sock;
static uint8_t frames[BATCH][HEADERS + PAYLOAD];
static struct iovec pieces[BATCH];
static struct mmsghdr messages[BATCH];
static int filled;
static uint32_t count;
static uint32_t network; /* of the clients: each kind of traffic has its own */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void flush(void) {
  for (int done = 0; done < filled;) {
    int sent = sendmmsg(sock, messages + done, filled - done, 0);
    if (sent > 0) done += sent;
  }
  filled = 0;
}

static void put16(uint8_t *at, uint32_t v) { at[0] = v >> 8; at[1] = v; }
static void put32(uint8_t *at, uint32_t v) { put16(at, v >> 16); put16(at + 2, v); }

/* One segment of a flow: Ethernet, IPv4, TCP with timestamps. */
static void put(uint32_t flow, int from_broker, int flags, uint32_t id, uint32_t seq, uint32_t ack,
                const char *payload, int length) {
  uint32_t client = network + flow / 50000 % 250, broker = 0x0a630002;
  uint32_t port = 10000 + flow % 50000;
  uint8_t *b = frames[filled];
  memset(b, 0, HEADERS);
  memcpy(b, "\2\0\0\0\0\x9\2\0\0\0\0\x8\x8\0\x45", 15);
  put16(b + 16, 52 + length);
  put16(b + 18, id);
  b[20] = 0x40, b[22] = 64, b[23] = 6;
  put32(b + 26, from_broker ? broker : client);
  put32(b + 30, from_broker ? client : broker);
  put16(b + 34, from_broker ? 5672 : port);
  put16(b + 36, from_broker ? port : 5672);
  put32(b + 38, seq);
  put32(b + 42, ack);
  b[46] = 0x80, b[47] = flags;
  put16(b + 48, 502);
  memcpy(b + 54, "\1\1\x8\xa", 4);
  put32(b + 58, (uint32_t)(now() * 1000));
  if (length) memcpy(b + HEADERS, payload, length);
  pieces[filled] = (struct iovec){b, HEADERS + length};
  messages[filled].msg_hdr.msg_iov = &pieces[filled];
  messages[filled].msg_hdr.msg_iovlen = 1;
  if (++filled == BATCH) flush();
}

/* basic.publish and basic.deliver, each with the header and the body of its message. */
static const char published[PAYLOAD + 1] =
    "\1\0\1\0\0\0\x0b\0\x3c\0\x28\0\0\0\2q1\0\xce"
    "\2\0\1\0\0\0\x0e\0\x3c\0\0\0\0\0\0\0\0\0\x33\0\0\xce"
    "\3\0\1\0\0\0\x33" "A message of fifty-one bytes, which says not much.." "\xce";
static const char delivered[PAYLOAD + 1] =
    "\1\0\1\0\0\0\x14\0\x3c\0\x3c\2c1\0\0\0\0\0\0\0\1\0\0\2q1\xce"
    "\2\0\1\0\0\0\x0e\0\x3c\0\0\0\0\0\0\0\0\0\x2a\0\0\xce"
    "\3\0\1\0\0\0\x2a" "A message of forty-two bytes, not one more" "\xce";

static void steady(uint32_t i, uint32_t flows, int is_messages) {
  static uint32_t *next;
  static const char nothing[PAYLOAD];
  if (!next) next = calloc(2 * flows, sizeof *next);
  uint32_t flow = i / 2 % flows, from_broker = i & 1;
  uint32_t *mine = &next[2 * flow + from_broker], theirs = next[2 * flow + !from_broker];
  uint32_t id = is_messages ? *mine / PAYLOAD + 1 : ++count;
  put(flow, from_broker, PSH | ACK, id, *mine, theirs,
      is_messages ? from_broker ? delivered : published : nothing, PAYLOAD);
  *mine += PAYLOAD;
}

/* A connection begins, and the one that began half a second ago ends. */
static void churn(uint32_t i, uint32_t rate, uint32_t every) {
  uint32_t s = i * 7919;
  put(i, 0, SYN, ++count, s, 0, 0, 0);
  put(i, 1, SYN | ACK, ++count, s + 9, s + 1, 0, 0);
  put(i, 0, ACK, ++count, s + 1, s + 10, 0, 0);
  if (i % every == 0) put(i, 0, PSH | ACK, ++count, s + 1, s + 10, "AMQP\0\0\x09\x01", 8);
  if (i < rate / 2) return;
  uint32_t old = i - rate / 2, o = old * 7919;
  if (old % every == 0) {
    put(old, 0, RST | ACK, ++count, o + 9, o + 10, 0, 0);
  } else {
    put(old, 0, FIN | ACK, ++count, o + 1, o + 10, 0, 0);
    put(old, 1, RST | ACK, ++count, o + 10, o + 2, 0, 0);
  }
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: traffic IF steady|messages|churn RATE SECONDS FLOWS|EVERY\n");
    return 2;
  }
  uint32_t rate = atoi(argv[3]), number = atoi(argv[5]), done = 0;
  double seconds = atof(argv[4]), start = now();
  int is_churn = !strcmp(argv[2], "churn"), is_messages = !strcmp(argv[2], "messages"), yes = 1;
  struct sockaddr_ll to = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(argv[1])};
  network = is_churn ? 0x0a020000 : 0x0a010000;
  sock = socket(AF_PACKET, SOCK_RAW, 0);
  if (sock < 0 || bind(sock, (void *)&to, sizeof to)) {
    perror(argv[1]);
    return 1;
  }
  setsockopt(sock, SOL_PACKET, PACKET_QDISC_BYPASS, &yes, sizeof yes);
  for (double t; (t = now() - start) < seconds;) {
    for (uint32_t due = t * rate; done < due; done++) {
      if (is_churn) churn(done, rate, number); else steady(done, number, is_messages);
    }
    flush();
    nanosleep(&(struct timespec){0, 300000}, 0);
  }
  fprintf(stderr, "sent %u %s in %.1f s\n", done, is_churn ? "flows" : "packets", now() - start);
}
