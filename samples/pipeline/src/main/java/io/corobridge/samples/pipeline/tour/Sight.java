package io.corobridge.samples.pipeline.tour;

import static io.corobridge.samples.pipeline.tour.Python.print;

import io.corobridge.Coroutine;
import io.corobridge.reactor.CoMono;
import io.corobridge.sight.CoroutineDump;
import io.corobridge.sight.Coroutines;
import io.corobridge.sight.Timeline;
import io.corobridge.sight.Tracer;
import java.util.concurrent.CompletableFuture;

/** What is suspended, where, and what it waits for; and a timeline of what bodies did. */
public final class Sight {
    private Sight() {}

    private static final class Database extends CompletableFuture<String> {
        @Override
        public String toString() {
            return "the database";
        }
    }

    private static Coroutine<String> customer(Database database) {
        return Coroutine.of("customer", co -> co.await(database));
    }

    /** Dumps a coroutine that waits, and prints what it did. */
    @SuppressWarnings("try") // the tracer is open, not used
    public static void main(String[] args) {
        Database database = new Database();
        Timeline timeline = new Timeline();
        Coroutines.track(true);
        try (Tracer tracer = Tracer.start(name -> name.startsWith("Sight."), timeline)) {
            Coroutine<String> order = Coroutine.of("order", co -> "for " + co.await(customer(database)));
            CompletableFuture<String> done = CoMono.from(order).toFuture();
            CoroutineDump dump = Coroutines.dump();
            dump.chain(dump.roots().get(0)).forEach(each -> print(each.name(), "is", each.state()));
            database.complete("Ada");
            print(done.join());
        } finally {
            Coroutines.track(false);
        }
        System.out.print(timeline.textWithoutTimes());
    }
}
