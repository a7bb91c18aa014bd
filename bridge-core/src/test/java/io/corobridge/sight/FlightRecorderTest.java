package io.corobridge.sight;

import static org.assertj.core.api.Assertions.assertThat;

import io.corobridge.Coroutine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of the Flight Recorder has an event for each tracked coroutine. */
class FlightRecorderTest {
    @Test
    void aRecordingHasTheDump(@TempDir Path directory) throws Exception {
        Coroutines.track(true);
        CompletableFuture<Object> source = new CompletableFuture<>();
        Coroutine<Object> inner = Coroutine.of("inner", co -> co.await(source));
        Coroutine<Object> outer = Coroutine.of("outer", co -> co.await(inner));
        outer.send(null);
        Path file = directory.resolve("coroutines.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("io.corobridge.Coroutine").with("period", "endChunk");
            recording.start();
            recording.stop();
            recording.dump(file);
        } finally {
            Coroutines.track(false);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("io.corobridge.Coroutine"))
                .filter(event -> event.getString("name").startsWith("FlightRecorderTest."))
                .toList();
        assertThat(events).hasSize(2);
        RecordedEvent event = events.get(1);
        assertThat(event.getString("name")).isEqualTo("FlightRecorderTest.outer");
        assertThat(event.getString("kind")).isEqualTo("coroutine");
        assertThat(event.getString("state")).isEqualTo("SUSPENDED");
        assertThat(event.getString("awaits")).isEqualTo(outer.frame() + "\n" + inner.frame());
        assertThat(event.getString("waitsFor")).isEqualTo(source.toString());
        assertThat(event.getLong("parent")).isZero();
        assertThat(events.get(0).getLong("parent")).isEqualTo(event.getLong("id"));
        assertThat(event.getDuration("age").isNegative()).isFalse();
        outer.close();
    }
}
