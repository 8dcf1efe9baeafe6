package io.rstscope.judge.advice;

import io.rstscope.judge.cause.Alternative;
import io.rstscope.judge.cause.Cause;
import io.rstscope.judge.cause.Ending;
import io.rstscope.judge.cause.FlowVerdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What to do about a lost connection: against its likeliest cause first, then against each other
 * that has a probability of 0.15 or more. Empty for what is harmless.
 *
 * @param toDo what to change or to ask, most useful first; sentences without full stop
 * @param checks commands that confirm it
 */
public record Advice(List<String> toDo, List<Check> checks) {
  /** Less likely explanations are not worth the trouble. */
  public static final double WORTH_ADVICE = 0.15;

  /** What helps in that case: all that is not less likely than {@link #WORTH_ADVICE}. */
  public static Advice on(FlowVerdict verdict) {
    return new Draft(verdict).advice();
  }

  /** Advice as it is put together. */
  private static final class Draft {
    private static final String OR = "or ";

    private final FlowVerdict verdict;
    private final Ending ending;
    private final Situation situation;
    private final Checks commands;
    private final FillIns words;
    private final List<String> given = new ArrayList<>();
    private final List<String> toDo = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    Draft(FlowVerdict verdict) {
      this.verdict = verdict;
      ending = verdict.ending();
      situation = new Situation(verdict);
      commands = new Checks(verdict);
      words = new FillIns(verdict, situation, commands);
    }

    Advice advice() {
      Cause main = ending.cause();
      if (!main.isBenign()) {
        toDo.addAll(against(main));
      }
      for (Alternative each : ending.likelihoods()) {
        Cause cause = each.cause();
        if (cause != main && each.probability() >= WORTH_ADVICE && !cause.isBenign()) {
          alternative(cause);
        }
      }
      return new Advice(List.copyOf(toDo), List.copyOf(checks));
    }

    /** All of it in one sentence. */
    private void alternative(Cause cause) {
      List<String> sentences = Remedies.clause(cause) == null ? List.of() : against(cause);
      if (!sentences.isEmpty()) {
        String instead = ending.cause() == Cause.UNDETERMINED ? "if " : "if instead ";
        toDo.add(instead + Remedies.clause(cause) + ": " + alone(String.join("; ", sentences)));
      }
    }

    /** What it was the alternative to had been said before. */
    private static String alone(String sentence) {
      return sentence.startsWith(OR) ? sentence.substring(OR.length()) : sentence;
    }

    /** What helps, in its order, without what was said before. */
    private List<String> against(Cause cause) {
      List<String> sentences = new ArrayList<>();
      for (Remedy remedy : Remedies.against(cause)) {
        if (situation.holds(remedy.when())) {
          String sentence = words.in(Denial.in(remedy.toDo(), verdict));
          if (!sentence.isEmpty() && !given.contains(sentence)) {
            given.add(sentence);
            sentences.add(sentence);
          }
          remedy.checks().forEach(name -> check(commands.named(name)));
        }
      }
      return sentences;
    }

    private void check(Check check) {
      boolean known =
          checks.stream()
              .anyMatch(
                  each -> each.on().equals(check.on()) && each.command().equals(check.command()));
      if (!known) {
        checks.add(check);
      }
    }
  }
}
