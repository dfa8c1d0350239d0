package conformance;

import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaUnretryableException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** Counts and prints checks, and has the assertions they are made of. */
final class Report {
    interface Body {
        void run() throws Exception;
    }

    private int passed;
    private int failed;

    void check(String name, Body body) {
        try {
            body.run();
            passed++;
            System.out.println("ok " + name);
        } catch (Exception | AssertionError error) {
            failed++;
            String why = error instanceof AssertionError ? error.getMessage() : error.toString();
            System.out.println("FAIL " + name + ": " + why.replaceAll("\\s+", " "));
        }
    }

    int finish() {
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    static void equal(String what, Object actual, Object wanted) {
        if (!Objects.equals(actual, wanted)) {
            throw new AssertionError(what + " is " + actual + ", not " + wanted);
        }
    }

    static void equal(String what, byte[] actual, byte[] wanted) {
        if (!Arrays.equals(actual, wanted)) {
            HexFormat hex = HexFormat.of();
            throw new AssertionError(what + " is " + hex.formatHex(actual) + ", not " + hex.formatHex(wanted));
        }
    }

    static void isTrue(String what, boolean value) {
        if (!value) {
            throw new AssertionError("not so: " + what);
        }
    }

    /** The call must fail with a plain TeaException of exactly this code and HTTP status. */
    static void refused(String code, int status, Body call) throws Exception {
        try {
            call.run();
        } catch (TeaException error) {
            hasCode(code, status, error);
            return;
        }
        throw new AssertionError("the call succeeded; " + code + " was expected");
    }

    /** The SDK repeats some errors by itself; when it gives up, the error is the cause of another exception. */
    static void givenUp(String code, int status, Body call) throws Exception {
        try {
            call.run();
        } catch (TeaUnretryableException givenUp) {
            hasCode(code, status, (TeaException) givenUp.getCause());
            return;
        }
        throw new AssertionError("the call succeeded; " + code + " was expected");
    }

    private static void hasCode(String code, int status, TeaException error) {
        equal("code", error.getCode(), code);
        equal("HTTP status", ((Number) error.getData().get("httpCode")).intValue(), status);
        isTrue("the error has a message", error.getMessage() != null && !error.getMessage().isEmpty());
        Object requestId = error.getData().get("requestId");
        isTrue("the error has a request id", requestId instanceof String text && !text.isEmpty());
    }
}
