package io.corobridge.benchmarks.endpoint;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.corobridge.AsyncGenerator;
import io.corobridge.Coroutine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The server whose endpoints are compared: each one twice, in plain Reactor and with coroutines. Prints its port. */
public final class EndpointServer {
    private static final int ROWS = 100;

    private EndpointServer() {}

    /**
     * Starts it.
     *
     * @param args for Spring Boot
     */
    public static void main(String[] args) {
        var context = SpringApplication.run(Application.class, args);
        System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Endpoints.class)
    static class Application {}

    record Customer(long id, String name) {}

    record Order(long customer, int number) {}

    record Page(Customer customer, List<Order> orders, long total) {}

    record Usage(long cpuNanos, long allocatedBytes) {}

    @RestController
    static class Endpoints {
        private static Mono<Customer> customer(long id) {
            return Mono.fromSupplier(() -> new Customer(id, "customer " + id));
        }

        private static Mono<List<Order>> orders(Customer customer) {
            return Flux.range(1, 3).map(i -> new Order(customer.id(), i)).collectList();
        }

        private static Mono<Long> total(List<Order> orders) {
            return Mono.fromSupplier(
                    () -> orders.stream().mapToLong(Order::number).sum());
        }

        @GetMapping("/page/plain/{id}")
        Mono<Page> plainPage(@PathVariable("id") long id) {
            return customer(id)
                    .flatMap(customer -> orders(customer)
                            .flatMap(orders -> total(orders).map(total -> new Page(customer, orders, total))));
        }

        @GetMapping("/page/coroutine/{id}")
        Coroutine<Page> coroutinePage(@PathVariable("id") long id) {
            return Coroutine.of(co -> {
                Customer customer = co.awaitSingle(customer(id));
                List<Order> orders = co.awaitSingle(orders(customer));
                return new Page(customer, orders, co.awaitSingle(total(orders)));
            });
        }

        @GetMapping(path = "/rows/plain/{id}", produces = MediaType.APPLICATION_NDJSON_VALUE)
        Flux<Order> plainRows(@PathVariable("id") long id) {
            return Flux.range(0, ROWS).map(i -> new Order(id, i));
        }

        @GetMapping(path = "/rows/coroutine/{id}", produces = MediaType.APPLICATION_NDJSON_VALUE)
        AsyncGenerator<Order, @Nullable Void> coroutineRows(@PathVariable("id") long id) {
            return AsyncGenerator.of(co -> {
                for (int i = 0; i < ROWS; i++) {
                    co.yield(new Order(id, i));
                }
            });
        }

        /** Of the whole process so far. */
        @GetMapping("/usage")
        Usage usage() {
            var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long[] allocated = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
            return new Usage(
                    system.getProcessCpuTime(),
                    Arrays.stream(allocated).filter(bytes -> bytes > 0).sum());
        }
    }
}
