package io.corobridge.samples.pipeline;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * The weather of one day, checked.
 *
 * @param precipitation mm
 * @param max the highest temperature, °C
 * @param min the lowest temperature, °C
 * @param wind m/s
 */
record Day(LocalDate date, double precipitation, double max, double min, double wind, String weather) {
    /** Reads a row, or says which of its columns is bad. The bounds are a little wider than the records of the Earth. */
    static Day of(Row row) {
        LocalDate date = date(row);
        Day day = new Day(
                date,
                number(row, Column.PRECIPITATION, 0, 2000),
                number(row, Column.TEMP_MAX, -100, 60),
                number(row, Column.TEMP_MIN, -100, 60),
                number(row, Column.WIND, 0, 150),
                row.get(Column.WEATHER));
        if (day.max < day.min) {
            throw new BadRowException(
                    Column.TEMP_MAX,
                    "temp_max " + day.max + " is below temp_min " + day.min,
                    BadRowException.Kind.SWAPPED);
        }
        return day;
    }

    private static LocalDate date(Row row) {
        try {
            return LocalDate.parse(row.get(Column.DATE));
        } catch (DateTimeParseException e) {
            throw bad(row, Column.DATE, "is not a date");
        }
    }

    private static double number(Row row, Column column, int least, int most) {
        double number = number(row, column);
        if (number < least || number > most) {
            throw bad(row, column, "is not between " + least + " and " + most);
        }
        return number;
    }

    private static double number(Row row, Column column) {
        try {
            double number = Double.parseDouble(row.get(column));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the same complaint
        }
        throw bad(row, column, "is not a number");
    }

    private static BadRowException bad(Row row, Column column, String problem) {
        return new BadRowException(
                column,
                column + " " + problem + ": " + Texts.quoted(row.get(column)),
                column == Column.DATE ? BadRowException.Kind.NO_DATE : BadRowException.Kind.BAD_VALUE);
    }
}
