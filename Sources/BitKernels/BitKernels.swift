// BitKernels
