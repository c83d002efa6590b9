package dev.ingot.secrets;

import java.util.Objects;

/** The value of a field that may hold a secret: plain text, or a secret reference. */
public sealed interface SecretText {

    /** A value that is not secret. */
    record Plain(String text) implements SecretText {
        public Plain {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A value that is looked up when it is used. */
    record Hidden(SecretRef ref) implements SecretText {
        public Hidden {
            Objects.requireNonNull(ref, "ref");
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}
