/** Plans pipelines from their definitions: the lineage graph, its rules, selections, and the plan of each pipeline. */
package dev.ingot.plan;
