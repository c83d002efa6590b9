/** Measures performance: each figure is a ratio of two programs that ran alternately in one benchmark run. */
package dev.ingot.benchmarks;
