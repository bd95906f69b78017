// Loads a WebSocket server from one core.
//
//     load PORT PATH echo CONNECTIONS DEPTH SECONDS   sends 16 bytes of text again and again, DEPTH messages ahead of the echoes;
//                                                     prints echoes a second, and their median and 99th of a hundred in µs
//     load PORT PATH idle COUNT                       opens COUNT sockets, prints a line, and holds them until its input ends
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 16, SENT = 6 + TEXT, ECHOED = 2 + TEXT, DEEPEST = 64, SLOWEST = 1000000 };

static const char text[] = "Hello, WebSocket";
// A text frame, masked with the key that RFC 6455 §5.3 has a client choose, and its echo.
static char sent[SENT * DEEPEST], echoed[ECHOED];

struct connection {
  int socket;
  size_t offset;             // of the next byte within the echo
  unsigned first, next;      // of the ring
  uint64_t times[DEEPEST];   // when each message that is under way was sent
};

static void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, errno ? strerror(errno) : "unexpected");
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_nsec / 1000;
}

static int connect_to(int port, const char *path) {
  int one = 1, handle = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (handle < 0 || connect(handle, (void *)&address, sizeof address)) fail("connect");
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  char head[2048];
  int length = snprintf(head, sizeof head,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                        path, port);
  if (length >= (int)sizeof head || write(handle, head, length) != length) fail("write");
  size_t count = 0;
  while (count < 4 || memcmp(head + count - 4, "\r\n\r\n", 4)) {
    ssize_t bytes = count < sizeof head ? read(handle, head + count, sizeof head - count) : 0;
    if (bytes <= 0) fail("handshake");
    count += bytes;
  }
  errno = 0;
  if (memcmp(head, "HTTP/1.1 101", 12)) fail("handshake");
  return handle;
}

static void send_messages(struct connection *connection, unsigned count, unsigned depth, uint64_t time) {
  for (unsigned i = 0; i < count; i++) connection->times[connection->next++ % depth] = time;
  // A few hundred bytes that the server has room for: it has echoed as many before.
  if (write(connection->socket, sent, count * SENT) != (ssize_t)(count * SENT)) fail("write");
}

static uint64_t part(const uint64_t *counts, uint64_t total, double share) {
  uint64_t sum = 0, time = 0;
  while (time < SLOWEST && (sum += counts[time]) < total * share) time++;
  return time;
}

static void echo(int port, const char *path, unsigned connections, unsigned depth, double seconds) {
  if (connections < 1 || depth < 1 || depth > DEEPEST) fail("arguments");
  static uint64_t counts[SLOWEST + 1];
  struct connection *all = calloc(connections, sizeof *all);
  struct epoll_event events[256];
  int poll = epoll_create1(0);
  for (unsigned i = 0; i < connections; i++) {
    all[i].socket = connect_to(port, path);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &event)) fail("epoll_ctl");
  }
  uint64_t begin = now(), end = begin + (uint64_t)(seconds * 1e6), time = begin, total = 0;
  for (unsigned i = 0; i < connections; i++) send_messages(&all[i], depth, depth, begin);
  while (time < end) {
    int ready = epoll_wait(poll, events, 256, 5000);
    if (ready <= 0) fail("epoll_wait");
    for (int i = 0; i < ready; i++) {
      struct connection *connection = events[i].data.ptr;
      char bytes[65536];
      ssize_t count = read(connection->socket, bytes, sizeof bytes);
      if (count <= 0) fail("read");
      time = now();
      unsigned complete = 0;
      for (ssize_t j = 0; j < count; j++) {
        if (bytes[j] != echoed[connection->offset]) fail("echo");
        if (++connection->offset < ECHOED) continue;
        connection->offset = 0;
        uint64_t taken = time - connection->times[connection->first++ % depth];
        counts[taken < SLOWEST ? taken : SLOWEST]++;
        complete++;
      }
      total += complete;
      if (complete) send_messages(connection, complete, depth, time);
    }
  }
  printf("%.0f %lu %lu\n", total / ((time - begin) / 1e6), part(counts, total, 0.5), part(counts, total, 0.99));
}

static void idle(int port, const char *path, unsigned count) {
  for (unsigned i = 0; i < count; i++) connect_to(port, path);
  puts("open");
  fflush(stdout);
  while (getchar() != EOF) {}
}

int main(int count, char **arguments) {
  const unsigned char mask[] = {0x37, 0xfa, 0x21, 0x3d};
  memcpy(sent, (char[]){(char)0x81, (char)(0x80 | TEXT)}, 2);
  memcpy(sent + 2, mask, 4);
  for (int i = 0; i < TEXT; i++) sent[6 + i] = (char)(text[i] ^ mask[i % 4]);
  for (int i = 1; i < DEEPEST; i++) memcpy(sent + i * SENT, sent, SENT);
  memcpy(echoed, (char[]){(char)0x81, TEXT}, 2);
  memcpy(echoed + 2, text, TEXT);

  if (count == 7 && !strcmp(arguments[3], "echo")) {
    echo(atoi(arguments[1]), arguments[2], atoi(arguments[4]), atoi(arguments[5]), atof(arguments[6]));
  } else if (count == 5 && !strcmp(arguments[3], "idle")) {
    idle(atoi(arguments[1]), arguments[2], atoi(arguments[4]));
  } else {
    fail("usage: load PORT PATH echo CONNECTIONS DEPTH SECONDS | load PORT PATH idle COUNT");
  }
}
