package dev.ingot.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextFilesTest {

    @Test
    void commentLinesStayOnOneLine() {
        assertEquals(
                "# a touch /tmp/b\n# c d\n", TextFiles.comment(List.of("a\r\ntouch\u0085\u2028\0/tmp/b", "c\t d")));
    }
}
