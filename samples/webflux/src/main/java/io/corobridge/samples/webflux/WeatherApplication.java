package io.corobridge.samples.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The program: starts Spring, and says where to look. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WeatherApplication {
    /**
     * Starts it.
     *
     * @param args properties, as in {@code --server.port=0}
     */
    public static void main(String[] args) {
        String port = SpringApplication.run(WeatherApplication.class, args)
                .getEnvironment()
                .getRequiredProperty("local.server.port");
        String url = "http://localhost:" + port;
        System.out.println("""

                Ready. Look at
                  %1$s/                                  the weather of Seattle, live; close the page and read the log
                  %1$s/stations/seattle                  a station
                  %1$s/stations/seattle/readings         its readings; ?from=2015-12-25 for fewer
                  %1$s/stations/seattle/outlook          asks three forecast providers at the same time
                  %1$s/stations/seattle/outlook?providers=calm,stalled    one of them does not answer: 504
                  %1$s/viewings                          who has looked at the page, and how that ended
                  %1$s/actuator/coroutines               where each coroutine is suspended
                Ctrl-C stops it.
                """.formatted(url));
    }
}
