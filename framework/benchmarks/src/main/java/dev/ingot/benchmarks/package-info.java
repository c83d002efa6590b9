/** What is fast and what is not, measured: each figure is a ratio of two things that ran in turns in one run. */
package dev.ingot.benchmarks;
