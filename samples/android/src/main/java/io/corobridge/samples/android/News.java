package io.corobridge.samples.android;

import io.corobridge.AsyncGenerator;
import io.corobridge.Awaitable;
import io.corobridge.Awaitables;
import io.corobridge.Co;
import io.corobridge.Completion;
import io.corobridge.Coroutine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The news of a server. What it awaits holds no thread; who cancels it has its request cancelled, and its session closed. */
public final class News {
    private final Server server;

    /**
     * News from this server.
     *
     * @param server where they are
     */
    public News(Server server) {
        this.server = server;
    }

    /**
     * The stories on the front page, fetched one after the other in a session of their own.
     *
     * @return a coroutine, which raises an IOException when the server fails
     */
    public Coroutine<List<Story>> frontPage() {
        return Coroutine.of("frontPage", co -> {
            String session = get(co, "/login");
            try {
                List<Story> stories = new ArrayList<>();
                for (String id : get(co, "/top").split(" ")) {
                    stories.add(new Story(id, get(co, "/story/" + id)));
                }
                return stories;
            } finally {
                get(co, "/logout/" + session);
            }
        });
    }

    /**
     * Headlines as they come, until the server fails.
     *
     * @return an async generator; it asks for a headline when its consumer wants one
     */
    public AsyncGenerator<String, Object> headlines() {
        return AsyncGenerator.of("headlines", co -> {
            while (true) {
                co.yield(get(co, "/headline"));
            }
        });
    }

    private String get(Co co, String path) {
        Awaitable<String> answer = Awaitables.create(completion -> {
            Server.Request request = server.get(path, new Answer(completion));
            completion.onCancel(request::cancel);
        });
        return co.await(answer);
    }

    private record Answer(Completion<String> completion) implements Server.Callback {
        @Override
        public void answered(String body) {
            completion.complete(body);
        }

        @Override
        public void failed(IOException error) {
            completion.fail(error);
        }
    }
}
