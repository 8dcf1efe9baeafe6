package io.rstscope.fleet;

import static io.rstscope.fleet.Fleet.MOST_ROWS;
import static io.rstscope.fleet.Fleet.number;
import static io.rstscope.fleet.Fleet.text;

import io.rstscope.archive.Engine;
import io.rstscope.judge.timer.Expiry;
import io.rstscope.judge.timer.IdleTimer;
import io.rstscope.judge.timer.IdleTimers;
import io.rstscope.judge.timer.TimerWitness;
import io.rstscope.net.Durations;
import io.rstscope.report.model.Table;
import io.rstscope.report.words.Format;
import io.rstscope.reset.SurvivedSilences;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The idle timers of the paths: judged as within one capture, with the witnesses of all. */
final class Timers {
  private static final int MOST_PATHS = 100_000;

  private final Engine engine;
  private final List<String> clients;
  private final List<String> brokers;

  Timers(Engine engine) throws IOException {
    this.engine = engine;
    this.clients = Names.CLIENT.all(engine);
    this.brokers = Names.BROKER_HOST.all(engine);
  }

  Table table() throws IOException {
    engine.execute(
        "CREATE TEMPORARY TABLE expired AS SELECT * REPLACE (%s, %s, %s) FROM (%s)"
            .formatted(
                Names.CLIENT.typed(),
                Names.BROKER_HOST.typed(),
                Names.EXPIRY.typed(),
                Sql.of("timers")));
    List<List<IdleTimer>> groups = SameTimers.of(IdleTimers.of(witnesses(), survived()).timers());
    List<List<String>> rows = new ArrayList<>();
    for (List<IdleTimer> group : groups.subList(0, Math.min(MOST_ROWS, groups.size()))) {
      rows.add(row(group));
    }
    return new Table(
        "Idle timers of the paths",
        "As connections of all captures show them. The same timer at several brokers is one setting,"
            + " not chance.",
        List.of(text("expiry"), number("brokers"), number("connections"), text("timer and paths")),
        rows,
        groups.size() - rows.size());
  }

  private List<TimerWitness> witnesses() throws IOException {
    Map<String, Expiry> known =
        Arrays.stream(Expiry.values()).collect(Collectors.toMap(Expiry::word, Function.identity()));
    // null where this version does not know it
    Expiry[] expiries = Names.EXPIRY.all(engine).stream().map(known::get).toArray(Expiry[]::new);
    List<TimerWitness> witnesses = new ArrayList<>();
    engine.query(
        "SELECT enum_code(client), enum_code(broker_host), enum_code(expiry),"
            + " CAST(idle_s * 1e9 AS BIGINT), epoch_ns(ended), sure FROM expired"
            + " WHERE client IS NOT NULL AND broker_host IS NOT NULL AND expiry IS NOT NULL",
        row -> {
          Expiry expiry = expiries[row.getInt(3)];
          if (expiry != null) {
            witnesses.add(
                new TimerWitness(
                    witnesses.size(),
                    clients.get(row.getInt(1)),
                    brokers.get(row.getInt(2)),
                    expiry,
                    row.getLong(4),
                    row.getLong(5),
                    row.getBoolean(6)));
          }
        });
    return witnesses;
  }

  /** Of connections that were lost later, and of all others, on paths with witnesses. */
  private SurvivedSilences survived() throws IOException {
    SurvivedSilences survived = new SurvivedSilences(MOST_PATHS);
    engine.query(
        "WITH survived AS (SELECT client, broker_host, idle_s FROM kinds UNION ALL"
            + " SELECT each.client, coalesce(broker_host, each.broker), each.idle_s"
            + " FROM (SELECT broker_host, unnest(survived_idle) AS each FROM captures)),"
            + " named AS (SELECT "
            + Names.CLIENT.typedIfAny()
            + ", "
            + Names.BROKER_HOST.typedIfAny()
            + ", idle_s FROM survived WHERE idle_s >= 1)"
            + " SELECT enum_code(client), enum_code(broker_host), CAST(max(idle_s) * 1e9 AS BIGINT)"
            + " FROM named JOIN (SELECT DISTINCT client, broker_host FROM expired)"
            + " USING (client, broker_host) GROUP BY client, broker_host",
        row ->
            survived.add(clients.get(row.getInt(1)), brokers.get(row.getInt(2)), row.getLong(3)));
    return survived;
  }

  private static List<String> row(List<IdleTimer> group) {
    long brokers = SameTimers.brokers(group);
    IdleTimer first = group.get(0);
    String says =
        brokers == 1
            ? first.says()
            : "the same timer at "
                + brokers
                + " brokers: "
                + group.stream()
                    .limit(5)
                    .map(timer -> timer.broker() + " " + bounds(timer))
                    .collect(Collectors.joining(", "))
                + (group.size() > 5 ? ", and more" : "");
    return List.of(
        first.expiry().word(),
        Long.toString(brokers),
        Format.grouped(SameTimers.witnesses(group)),
        says);
  }

  private static String bounds(IdleTimer timer) {
    String most = Durations.text(timer.atMostNanos());
    String least = timer.atLeastNanos() < 0 ? "" : Durations.text(timer.atLeastNanos());
    return least.isEmpty() ? "at most " + most : least.equals(most) ? most : least + " to " + most;
  }
}
