/** What is to be done, in order, without a word of YAML: the graph, its rules, selections, and the plan of each pipeline. */
package dev.ingot.plan;
