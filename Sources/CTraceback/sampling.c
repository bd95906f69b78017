// C, since the handler of a signal may neither allocate nor take a lock.
#define _GNU_SOURCE
#include "sampling.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "stack.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static atomic_bool is_taken;
/// Whether samples are wanted, and whether one is being noted.
static atomic_bool is_running, is_busy;
static uintptr_t *buffer;
static size_t capacity, used;
static uintptr_t stack_low, stack_high;
static timer_t timer;

/// From frame to frame, as in traceback.c; what is no frame ends the walk, as functions without frame pointers do.
WALKS_A_STACK static size_t walk(uintptr_t pc, uintptr_t frame, uintptr_t *addresses) {
    size_t count = 0;
    // The caller's address is that of the instruction after the call, and is looked up one byte before it.
    addresses[count++] = pc + 1;
    while (count < CARAFE_SAMPLE_LIMIT) {
        if (frame % sizeof(uintptr_t) || frame < stack_low || frame > stack_high - 2 * sizeof(uintptr_t)) break;
        uintptr_t next = ((uintptr_t *)frame)[0];
        uintptr_t caller = plain(((uintptr_t *)frame)[1]);
        if (!caller) break;
        addresses[count++] = caller;
        // Bit 60 marks the frame of an asynchronous function.
        next &= ~((uintptr_t)1 << 60);
        if (next <= frame) break;
        frame = next;
    }
    return count;
}

static void on_signal(int number, siginfo_t *info, void *opaque) {
    atomic_store(&is_busy, true);
    if (atomic_load(&is_running) && capacity - used > CARAFE_SAMPLE_LIMIT + 1) {
        ucontext_t *context = opaque;
#if defined(__x86_64__)
        uintptr_t pc = context->uc_mcontext.gregs[REG_RIP], frame = context->uc_mcontext.gregs[REG_RBP];
#else
        uintptr_t pc = context->uc_mcontext.pc, frame = context->uc_mcontext.regs[29];
#endif
        size_t count = walk(pc, frame, buffer + used + 1);
        buffer[used] = count;
        used += count + 1;
    }
    atomic_store(&is_busy, false);
}

int carafe_start_sampling(uintptr_t *words, size_t count, long interval) {
    if (atomic_exchange(&is_taken, true)) return 0;
    buffer = words;
    capacity = count;
    used = 0;
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPROF);
    // The handler stays: a signal that comes late would else end the process.
    if (!find_own_stack(&stack_low, &stack_high) || sigaction(SIGPROF, &action, 0) || pthread_sigmask(SIG_UNBLOCK, &signals, 0) ||
        timer_create(CLOCK_MONOTONIC, &event, &timer)) {
        atomic_store(&is_taken, false);
        return 0;
    }
    atomic_store(&is_running, true);
    struct itimerspec times = {.it_interval = {.tv_nsec = interval}, .it_value = {.tv_nsec = interval}};
    timer_settime(timer, 0, &times, 0);
    return 1;
}

size_t carafe_stop_sampling(void) {
    timer_delete(timer);
    atomic_store(&is_running, false);
    // It may be another thread that is being noted.
    while (atomic_load(&is_busy)) sched_yield();
    size_t count = used;
    atomic_store(&is_taken, false);
    return count;
}

#else

int carafe_start_sampling(uintptr_t *words, size_t count, long interval) { return 0; }
size_t carafe_stop_sampling(void) { return 0; }

#endif
