#include "CPrefetchShim.h"
