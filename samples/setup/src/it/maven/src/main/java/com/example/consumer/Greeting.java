package com.example.consumer;

import lombok.Builder;
import lombok.Value;

/** Its constructor, builder and getters are Lombok's. */
@Value
@Builder
class Greeting {
    String word;
    String name;
}
