package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.definition.PipelineFile.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPlannerTest {

    @TempDir
    private Path folder;

    @Test
    void createsAJobForEachScheduleNamedAfterItsFirstTable() throws IOException {
        assertEquals(
                new TreeMap<>(Map.of(
                        "earthquakes", "",
                        "earthquakes_bronze_own0", "0 6 * * 1-5 UTC: bronze.own0 bronze.own2",
                        "earthquakes_bronze_own1", "0 6 * * 1-5 Etc/GMT+5: bronze.own1")),
                jobs(List.of(
                        new Schedule("0 6 * * 1-5", "UTC"),
                        new Schedule("0 6 * * 1-5", "Etc/GMT+5"),
                        new Schedule("0 6 * * 1-5", "UTC"))));
    }

    @Test
    void keepsTheJobNameWhenTheScheduleChanges() throws IOException {
        assertEquals(
                Set.of("earthquakes", "earthquakes_bronze_own0"),
                jobs(List.of(new Schedule("0 6 * * *", "UTC"))).keySet());
        assertEquals(
                Set.of("earthquakes", "earthquakes_bronze_own0"),
                jobs(List.of(new Schedule("0 7 * * *", "UTC"))).keySet());
    }

    /**
     * Returns the jobs of the example with an additional pipeline for each schedule: names, schedules and selections.
     */
    private Map<String, String> jobs(List<Schedule> schedules) throws IOException {
        SampleDeployment sample = new SampleDeployment(folder, """
                lake: /lake
                deploy: {local: {artifacts: /srv/ingot}}
                """);
        for (int i = 0; i < schedules.size(); i++) {
            sample.write("pipelines/own" + i + ".yml", """
                    name: own%d
                    schedule: {cron: '%s', timezone: %s}
                    source: {rows: [{id: 1}]}
                    target: {layer: bronze, mode: append}
                    """.formatted(
                            i, schedules.get(i).cron(), schedules.get(i).timezone()));
        }
        return sample.declared("local").deployment().jobs().stream()
                .collect(Collectors.toMap(Job::name, JobPlannerTest::format, (one, other) -> other, TreeMap::new));
    }

    private static String format(Job job) {
        Optional<String> prefix = job.schedule().map(schedule -> schedule.cron() + " " + schedule.timezone() + ": ");
        return prefix.map(schedule -> schedule
                        + job.tasks().stream()
                                .flatMap(task -> task.selection().stream())
                                .collect(Collectors.joining(" ")))
                .orElse("");
    }
}
