/** Uses Corobridge as a module, with Lombok beside the weaver. */
module com.example.consumer {
    requires io.corobridge;
    requires static lombok;
}
