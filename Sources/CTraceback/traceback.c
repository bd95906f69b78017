// C, since the hook runs wherever an error is thrown: it must itself neither throw nor allocate, and it needs the address
// of its own frame.
#define _GNU_SOURCE
#include "traceback.h"

#include "stack.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#if !defined(__APPLE__)
#include <link.h>
#include <sys/uio.h>
#endif

typedef void (*throw_handler)(void *error);
typedef void (*typed_throw_handler)(void *value, const void *type, const void *conformance);

/// The Swift runtime calls them for each error that is thrown; they are there for debuggers and testing libraries.
extern _Atomic(throw_handler) _swift_willThrow;
extern _Atomic(typed_throw_handler) _swift_willThrowTypedImpl;

static _Atomic(throw_handler) earlier_handler;
static _Atomic(typed_throw_handler) earlier_typed_handler;
static _Atomic(carafe_throw_observer) current_observer;
/// Whether this thread is taking note of a throw: what is thrown meanwhile is not noted.
static _Thread_local bool is_busy;

static bool find_stack(uintptr_t *low, uintptr_t *high) {
    static _Thread_local uintptr_t known_low, known_high;
    if (!known_high && !find_own_stack(&known_low, &known_high)) return false;
    *low = known_low;
    *high = known_high;
    return true;
}

#if defined(__APPLE__)
/// There the compiler marks such frames; the walk ends with the synchronous calls all the same.
static void find_concurrency(void) {}
static bool runs_tasks(uintptr_t address) { return false; }
static bool read_context(uintptr_t context, uintptr_t words[2]) { return false; }
#else
/// Where the library of Swift's concurrency is in memory; nothing where it is a part of the executable.
static uintptr_t concurrency_start, concurrency_end;

static int find_end(struct dl_phdr_info *info, size_t size, void *unused) {
    if (info->dlpi_addr != concurrency_start) return 0;
    for (int index = 0; index < info->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[index];
        uintptr_t end = info->dlpi_addr + part->p_vaddr + part->p_memsz;
        if (part->p_type == PT_LOAD && end > concurrency_end) concurrency_end = end;
    }
    return 1;
}

static void find_concurrency(void) {
    Dl_info info;
    void *function = dlsym(RTLD_DEFAULT, "swift_job_run");
    if (!function || !dladdr(function, &info) || !info.dli_fname || !strstr(info.dli_fname, "libswift_Concurrency"))
        return;
    concurrency_start = (uintptr_t)info.dli_fbase;
    dl_iterate_phdr(find_end, 0);
}

/// Whether a return address is in what runs tasks: in C++ code of Swift's concurrency, none of which the library exports under
/// a name of Swift's. The answers are remembered, since looking a name up takes ten microseconds.
static bool runs_tasks(uintptr_t address) {
    static _Atomic(uintptr_t) known[16];
    if (address < concurrency_start || address >= concurrency_end) return false;
    _Atomic(uintptr_t) *place = &known[(address >> 2) % 16];
    // The lowest bit is the answer: places in a program that follow each other are further apart.
    uintptr_t found = atomic_load_explicit(place, memory_order_relaxed);
    if (found >> 1 == address) return found & 1;
    Dl_info info;
    bool is_swift = dladdr((void *)(address - 1), &info) && info.dli_sname && info.dli_sname[0] == '$';
    atomic_store_explicit(place, address << 1 | (is_swift ? 0 : 1), memory_order_relaxed);
    return !is_swift;
}

/// Reads a context's first two words, wherever it may be said to lie.
static bool read_context(uintptr_t context, uintptr_t words[2]) {
    struct iovec to = {words, 2 * sizeof(uintptr_t)}, from = {(void *)context, 2 * sizeof(uintptr_t)};
    return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == (ssize_t)to.iov_len;
}
#endif

/// Walks from frame to frame, and from the first frame of an asynchronous function on from one waiting function to the next.
///
/// Swift keeps frame pointers. The frame of an asynchronous function has the function's context right below the saved frame
/// pointer (the Swift calling convention's "extended frame"). Asynchronous functions call each other in each other's place, so
/// that one of them at most is on the stack at a time: that which runs a task. A context begins with that of the function
/// that waits for this one, and the place where that one goes on.
WALKS_A_STACK __attribute__((always_inline)) static inline size_t capture(uintptr_t *addresses, size_t *suspended) {
    uintptr_t low, high;
    *suspended = CARAFE_TRACEBACK_LIMIT;
    if (!find_stack(&low, &high)) return 0;
    size_t count = 0;
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    uintptr_t context = 0;
    while (count < CARAFE_TRACEBACK_LIMIT) {
        if (frame % sizeof(uintptr_t) || frame < low + sizeof(uintptr_t) || frame > high - 2 * sizeof(uintptr_t)) break;
        uintptr_t next = plain(((uintptr_t *)frame)[0]), caller = plain(((uintptr_t *)frame)[1]);
        if (!caller) break;
        if (runs_tasks(caller)) {
            context = plain(((uintptr_t *)frame)[-1]);
            break;
        }
        addresses[count++] = caller;
        // The stack grows downwards.
        if (next <= frame) break;
        frame = next;
    }
    *suspended = count;
    uintptr_t words[2];
    while (context && context % sizeof(uintptr_t) == 0 && count < CARAFE_TRACEBACK_LIMIT) {
        if (!read_context(context, words)) break;
        uintptr_t waiting = plain(words[1]);
        if (!waiting) break;
        addresses[count++] = waiting;
        context = plain(words[0]);
    }
    return count;
}

WALKS_A_STACK __attribute__((always_inline)) static inline void note(void *error, const void *type) {
    carafe_throw_observer observer = atomic_load(&current_observer);
    if (!observer || is_busy) return;
    is_busy = true;
    uintptr_t addresses[CARAFE_TRACEBACK_LIMIT];
    size_t suspended;
    size_t count = capture(addresses, &suspended);
    observer(error, type, addresses, count, suspended);
    is_busy = false;
}

WALKS_A_STACK static void on_throw(void *error) {
    throw_handler earlier = atomic_load(&earlier_handler);
    if (earlier) earlier(error);
    note(error, 0);
}

WALKS_A_STACK static void on_typed_throw(void *value, const void *type, const void *conformance) {
    typed_throw_handler earlier = atomic_load(&earlier_typed_handler);
    if (earlier) earlier(value, type, conformance);
    note(0, type);
}

void carafe_observe_throws(carafe_throw_observer observer) {
    find_concurrency();
    atomic_store(&current_observer, observer);
    atomic_store(&earlier_handler, atomic_exchange(&_swift_willThrow, on_throw));
    atomic_store(&earlier_typed_handler, atomic_exchange(&_swift_willThrowTypedImpl, on_typed_throw));
}

int carafe_find_image(uintptr_t address, carafe_image *image) {
    Dl_info info;
    if (!dladdr((void *)address, &info) || !info.dli_fname) return 0;
    image->path = info.dli_fname;
    image->base = (uintptr_t)info.dli_fbase;
    image->symbol = info.dli_sname;
    return 1;
}
