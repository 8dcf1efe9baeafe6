package io.rstscope.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Lets the agent know of signals.
 *
 * <p>Java has no public interface for that. {@code sun.misc.Signal} is what everybody uses and what
 * the module {@code jdk.unsupported} exports for the purpose (JEP 260), but javac warns of its name
 * and cannot be told not to; hence reflection. A shutdown hook would do for SIGINT and SIGTERM, but
 * the JVM then is on its way down, and nothing at all for the others.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls the handler, on a thread of its own, whenever the signal comes.
   *
   * @param name such as {@code HUP}
   * @return false where there is no such signal, as on Windows, or this Java does not let us have
   *     it
   */
  static boolean handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler call =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              handler.run();
            }
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, call);
      signal
          .getMethod("handle", signal, handlerType)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
