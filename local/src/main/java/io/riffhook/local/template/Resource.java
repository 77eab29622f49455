package io.riffhook.local.template;

/** A resource as the template declares it, a function with the Globals merged in. */
public record Resource(String name, String type, Node.Fields properties) {}
