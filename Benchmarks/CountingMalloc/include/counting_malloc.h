#pragma once

/// How often the process has asked for memory; always 0 where the C library is not glibc.
unsigned long counted_allocations(void);
