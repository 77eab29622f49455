package io.riffhook.local.template;

/**
 * An event bus, by its name in the template.
 *
 * @param busName the name that events are sent to, as the template writes it
 */
public record EventBus(String name, Node busName) {}
