package io.riffhook.local.host;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * Makes handlers of one function. By convention a handler has, beside the constructor without
 * arguments that Lambda calls, a public one that takes its environment.
 */
record HandlerFactory(
    Constructor<? extends RequestStreamHandler> constructor, Map<String, String> environment) {

  static HandlerFactory of(String className, Map<String, String> environment) {
    try {
      Class<? extends RequestStreamHandler> type =
          Class.forName(className, false, HandlerFactory.class.getClassLoader())
              .asSubclass(RequestStreamHandler.class);
      return new HandlerFactory(type.getConstructor(Map.class), Map.copyOf(environment));
    } catch (ClassNotFoundException e) {
      throw new HostException("handler class " + className + " is not on the class path", e);
    } catch (ClassCastException e) {
      throw new HostException(className + " is not a RequestStreamHandler", e);
    } catch (NoSuchMethodException e) {
      throw new HostException(
          className + " has no public constructor (java.util.Map<String, String>)", e);
    }
  }

  RequestStreamHandler create() {
    try {
      return constructor.newInstance(environment);
    } catch (InvocationTargetException e) {
      throw new HostException(
          constructor.getDeclaringClass().getName() + " did not start", e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new HostException(constructor.getDeclaringClass().getName() + " cannot be made", e);
    }
  }
}
