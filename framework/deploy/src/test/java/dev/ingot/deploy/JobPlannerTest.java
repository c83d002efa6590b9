package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ingot.spec.PipelineFile.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPlannerTest {

    @TempDir
    private Path folder;

    @Test
    void everyScheduleIsAJobOfItsOwn() throws IOException {
        List<Schedule> schedules = List.of(
                new Schedule("0 6 * * 1-5", "UTC"),
                new Schedule("0 6 * * 1,5", "UTC"),
                new Schedule("*/15 6 * * *", "UTC"),
                new Schedule("0 6 * * *", "Etc/GMT+5"),
                new Schedule("0 6 * * *", "Etc/GMT-5"));

        assertEquals(
                new TreeMap<>(Map.of(
                        "earthquakes", "",
                        "earthquakes_0_6_x_x_1to5_utc", "0 6 * * 1-5 UTC: bronze.own0",
                        "earthquakes_0_6_x_x_1and5_utc", "0 6 * * 1,5 UTC: bronze.own1",
                        "earthquakes_xby15_6_x_x_x_utc", "*/15 6 * * * UTC: bronze.own2",
                        "earthquakes_0_6_x_x_x_etc_gmtplus5", "0 6 * * * Etc/GMT+5: bronze.own3",
                        "earthquakes_0_6_x_x_x_etc_gmtminus5", "0 6 * * * Etc/GMT-5: bronze.own4")),
                jobs(schedules));
    }

    /** The jobs of the example with one more pipeline for each schedule: names, schedules and what they run. */
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
                .collect(Collectors.toMap(Job::name, JobPlannerTest::shown, (one, other) -> other, TreeMap::new));
    }

    private static String shown(Job job) {
        Optional<String> own = job.schedule().map(schedule -> schedule.cron() + " " + schedule.timezone() + ": ");
        return own.map(schedule -> schedule
                        + job.tasks().stream()
                                .flatMap(task -> task.selection().stream())
                                .collect(Collectors.joining(" ")))
                .orElse("");
    }
}
