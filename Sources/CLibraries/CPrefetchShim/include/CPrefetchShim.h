#ifndef CPREFETCHSHIM_H
#define CPREFETCHSHIM_H

/// Asks the processor to bring the line of memory at an address into its cache, and goes on at once. Any address will do.
///
/// Swift has no such instruction.
static inline void lede_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
