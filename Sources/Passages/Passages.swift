// Passages
