#ifndef CARAFE_TRACEBACK_H
#define CARAFE_TRACEBACK_H

#include <stddef.h>
#include <stdint.h>

/// How many calls are noted of a throw.
#define CARAFE_TRACEBACK_LIMIT 128

/// Takes note of a throw: the error's box, or the metadata of its type where it is thrown by that (`throws(E)`) and has no box,
/// and the addresses of the calls that led there, the innermost first. From `suspended` on they are the places where waiting
/// functions go on.
typedef void (*carafe_throw_observer)(const void *_Nullable error, const void *_Nullable type,
                                      const uintptr_t *_Nonnull addresses, size_t count, size_t suspended);

/// Calls `observer` from now on for each error that Swift code of this process throws, on the thread that throws it. Who
/// observed throws before goes on to. It is called once in a process.
void carafe_observe_throws(carafe_throw_observer _Nonnull observer);

/// The executable or library that an address is in.
typedef struct {
    const char *_Nullable path;
    /// Where it begins in memory.
    uintptr_t base;
    /// The function, where the image exports it.
    const char *_Nullable symbol;
} carafe_image;

/// Finds the image of an address; 0 where it is in none.
int carafe_find_image(uintptr_t address, carafe_image *_Nonnull image);

/// The Swift runtime's own: a name as people read it, to be freed; null for names that are not Swift's.
char *_Nullable swift_demangle(const char *_Nonnull name, size_t length, char *_Nullable buffer,
                               size_t *_Nullable size, uint32_t flags);

#endif
