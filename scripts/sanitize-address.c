// What scripts/sanitize asks of AddressSanitizer, for programs as well that tests start in an environment of their own; it links
// this into every program.
//
// Leaks are what `make soak` looks for: Swift keeps the addresses of its tables of weak references shifted, so that each would be
// told as one. Variables stay on the stack, whose depth the template engine watches.
const char *__asan_default_options(void) { return "detect_leaks=0:detect_stack_use_after_return=0"; }
