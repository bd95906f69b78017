// Tells ThreadSanitizer what it does not see of Swift's own libraries, which are built without it; scripts/sanitize links this
// into every program. Without it, what comes before such a step and what comes after it look as if they raced.
#include <dlfcn.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define IN_REGISTER __attribute__((swift_context))

// A Mutex for which a thread has to wait is taken and given up by the library. One that is free is taken and given up by code
// that is compiled into the program, and seen.
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

__attribute__((swiftcall)) void lock(uint32_t thread, IN_REGISTER void *mutex) __asm__(LOCK);
__attribute__((swiftcall)) void unlock(IN_REGISTER void *mutex) __asm__(UNLOCK);
static __attribute__((swiftcall)) void (*library_lock)(uint32_t thread, IN_REGISTER void *mutex);
static __attribute__((swiftcall)) void (*library_unlock)(IN_REGISTER void *mutex);

__attribute__((swiftcall)) void lock(uint32_t thread, IN_REGISTER void *mutex) {
    library_lock(thread, mutex);
    __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void unlock(IN_REGISTER void *mutex) {
    __tsan_release(mutex);
    library_unlock(mutex);
}

// A task whose continuation is resumed tells so. One that finds it resumed before it waits goes on at once, and does not look:
// it may find it when it begins to wait; a little later, when it enters its context again; or within the library, which then
// comes back to the program, where the memory of the call is given back.
__attribute__((swiftcall)) void *swift_task_getCurrent(void);

static __attribute__((swiftasynccall)) void (*library_await)(void *continuation);
static __attribute__((swiftcall)) void (*library_enter)(char *context);
static __attribute__((swiftcall)) void (*library_dealloc)(void *memory);

static void look(void) {
    void *task = swift_task_getCurrent();
    if (task) __tsan_acquire(task);
}

__attribute__((swiftasynccall)) void swift_continuation_await(void *continuation) {
    look();
    __attribute__((musttail)) return library_await(continuation);
}

__attribute__((swiftcall)) void swift_task_enterThreadLocalContext(char *context) {
    library_enter(context);
    look();
}

__attribute__((swiftcall)) void swift_task_dealloc(void *memory) {
    library_dealloc(memory);
    look();
}

__attribute__((constructor)) static void find_library(void) {
    library_lock = dlsym(RTLD_NEXT, LOCK);
    library_unlock = dlsym(RTLD_NEXT, UNLOCK);
    library_await = dlsym(RTLD_NEXT, "swift_continuation_await");
    library_enter = dlsym(RTLD_NEXT, "swift_task_enterThreadLocalContext");
    library_dealloc = dlsym(RTLD_NEXT, "swift_task_dealloc");
}
