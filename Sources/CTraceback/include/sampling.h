#ifndef CARAFE_SAMPLING_H
#define CARAFE_SAMPLING_H

#include <stddef.h>
#include <stdint.h>

/// How many calls of a stack are noted.
#define CARAFE_SAMPLE_LIMIT 192

/// Notes the stack of the calling thread again and again, until ``carafe_stop_sampling``: each time the number of addresses,
/// then these, the innermost first. What does not fit is left out.
///
/// Returns 0 where it cannot be done: on other systems than Linux, and while another sampling runs.
int carafe_start_sampling(uintptr_t *_Nonnull words, size_t count, long nanoseconds);

/// Ends the sampling, and tells how many words it has written.
size_t carafe_stop_sampling(void);

#endif
