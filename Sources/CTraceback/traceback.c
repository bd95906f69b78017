// C, since the hook runs wherever an error is thrown: it must itself neither throw nor allocate, and it needs the address
// of its own frame.
#define _GNU_SOURCE
#include "traceback.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef void (*throw_handler)(void *);

/// The Swift runtime calls it for each error that is thrown; it is there for debuggers and testing libraries.
extern _Atomic(throw_handler) _swift_willThrow;

static _Atomic(throw_handler) earlier_handler;
static _Atomic(carafe_throw_observer) current_observer;
/// Whether this thread is taking note of a throw: what is thrown meanwhile is not noted.
static _Thread_local bool is_busy;

static bool find_stack(uintptr_t *low, uintptr_t *high) {
    static _Thread_local uintptr_t known_low, known_high;
    if (!known_high) {
#if defined(__APPLE__)
        known_high = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
        known_low = known_high - pthread_get_stacksize_np(pthread_self());
#else
        pthread_attr_t attributes;
        if (pthread_getattr_np(pthread_self(), &attributes)) return false;
        void *start;
        size_t size;
        bool is_known = !pthread_attr_getstack(&attributes, &start, &size);
        pthread_attr_destroy(&attributes);
        if (!is_known) return false;
        known_low = (uintptr_t)start;
        known_high = known_low + size;
#endif
    }
    *low = known_low;
    *high = known_high;
    return true;
}

/// An address of a program, without what hardware keeps in its upper bits.
static uintptr_t plain(uintptr_t address) { return address & 0x0000FFFFFFFFFFFF; }

/// Walks from frame to frame, and from the first frame of an asynchronous function on from one waiting function to the next.
///
/// Swift keeps frame pointers. The frame of an asynchronous function is marked by bit 60 of the pointer that it saves, and has
/// the function's context right below (the Swift calling convention's "extended frame"). A context begins with that of the
/// function that waits for this one, and the place where that one goes on.
__attribute__((always_inline)) static inline size_t capture(uintptr_t *addresses, size_t *suspended) {
    uintptr_t low, high;
    *suspended = CARAFE_TRACEBACK_LIMIT;
    if (!find_stack(&low, &high)) return 0;
    size_t count = 0;
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    uintptr_t context = 0;
    while (count < CARAFE_TRACEBACK_LIMIT) {
        if (frame % sizeof(uintptr_t) || frame < low + sizeof(uintptr_t) || frame > high - 2 * sizeof(uintptr_t)) break;
        uintptr_t next = ((uintptr_t *)frame)[0];
        if ((next >> 60) & 1) {
            context = plain(((uintptr_t *)frame)[-1]);
            break;
        }
        uintptr_t caller = plain(((uintptr_t *)frame)[1]);
        if (!caller) break;
        addresses[count++] = caller;
        // The stack grows downwards.
        if (next <= frame) break;
        frame = next;
    }
    *suspended = count;
    while (context && context % sizeof(uintptr_t) == 0 && count < CARAFE_TRACEBACK_LIMIT) {
        uintptr_t waiting = plain(((uintptr_t *)context)[1]);
        if (!waiting) break;
        addresses[count++] = waiting;
        context = plain(((uintptr_t *)context)[0]);
    }
    return count;
}

static void on_throw(void *error) {
    throw_handler earlier = atomic_load(&earlier_handler);
    if (earlier) earlier(error);
    carafe_throw_observer observer = atomic_load(&current_observer);
    if (!observer || is_busy) return;
    is_busy = true;
    uintptr_t addresses[CARAFE_TRACEBACK_LIMIT];
    size_t suspended;
    size_t count = capture(addresses, &suspended);
    observer(error, addresses, count, suspended);
    is_busy = false;
}

void carafe_observe_throws(carafe_throw_observer observer) {
    atomic_store(&current_observer, observer);
    atomic_store(&earlier_handler, atomic_exchange(&_swift_willThrow, on_throw));
}

int carafe_find_image(uintptr_t address, carafe_image *image) {
    Dl_info info;
    if (!dladdr((void *)address, &info) || !info.dli_fname) return 0;
    image->path = info.dli_fname;
    image->base = (uintptr_t)info.dli_fbase;
    image->symbol = info.dli_sname;
    return 1;
}
