package dev.ingot.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test, or all tests of a class, that only the full build runs: {@code mvn verify -Pfull}. Without the profile
 * Maven leaves such tests out, also where {@code -Dtest=Name} names one: {@code mvn -Pfull ... -Dtest=Name} runs it. An
 * IDE, which knows no profile, runs them all.
 *
 * <p>A test belongs here when it takes more than about ten seconds and the quick build keeps a test or a smaller sample of
 * the same behavior: crashes at every step, races of processes, combinations of features that other tests cover one by
 * one. So does a test that starts a server, a cluster, a notebook or the packed launcher. The only test of a behavior stays
 * in the quick build.
 *
 * <p>A test that tries many cases alike is not marked: it tries a few by default and more in the full build, by a system
 * property {@code ingot.test.*} whose small value stands in the test and whose large one stands in the profile
 * {@code full} of the root {@code pom.xml}. The command line overrides both.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag(LongTest.TAG)
public @interface LongTest {

    /** The tag that the root {@code pom.xml} excludes. */
    String TAG = "long";
}
