package com.example.consumer;

import io.corobridge.Generator;
import io.corobridge.GeneratorCo;
import java.util.ArrayList;
import java.util.List;

/** Greets whoever is sent to a generator. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        List<String> log = new ArrayList<>();
        Generator<Greeting, String, Integer> greeter = Generator.of(co -> {
            int greeted = 0;
            try {
                String name = co.yield(null);
                while (!name.isEmpty()) {
                    greeted++;
                    name = answer(co, Greeting.builder().word("Hello").name(name));
                }
                return greeted;
            } finally {
                log.add("greeted " + greeted);
            }
        });

        greeter.next();
        for (String name : List.of("Ada", "Grace")) {
            Greeting greeting = greeter.send(name);
            log.add(greeting.getWord() + ", " + greeting.getName());
        }
        greeter.close();

        System.out.println(String.join("; ", log));
    }

    /** A helper that suspends. */
    private static String answer(GeneratorCo<Greeting, String> co, Greeting.GreetingBuilder greeting) {
        return co.yield(greeting.build());
    }
}
