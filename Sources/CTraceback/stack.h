// What both walks over a stack need: traceback.c and sampling.c.
#ifndef CARAFE_STACK_H
#define CARAFE_STACK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/// Where the stack of the calling thread is.
static inline bool find_own_stack(uintptr_t *low, uintptr_t *high) {
#if defined(__APPLE__)
    *high = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
    *low = *high - pthread_get_stacksize_np(pthread_self());
    return true;
#else
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes)) return false;
    void *start;
    size_t size;
    bool is_known = !pthread_attr_getstack(&attributes, &start, &size);
    pthread_attr_destroy(&attributes);
    if (!is_known) return false;
    *low = (uintptr_t)start;
    *high = *low + size;
    return true;
#endif
}

/// For functions that walk over a stack: a frame may lie where AddressSanitizer allows nobody to read, between variables.
#define WALKS_A_STACK __attribute__((no_sanitize("address")))

/// An address of a program, without what hardware keeps in its upper bits.
WALKS_A_STACK static inline uintptr_t plain(uintptr_t address) { return address & 0x0000FFFFFFFFFFFF; }

#endif
